"""The drawn town: painters of streets and of the things that stand in them.

A painter draws one thing with a `Pen`, in metres; the pen knows where on the canvas
the thing stands, how large, turned which way, and which label its pixels get.
"""

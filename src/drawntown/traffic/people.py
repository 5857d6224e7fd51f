"""Painters of people."""

from random import Random

from drawntown.drawing.canvas import Pen
from drawntown.drawing.colours import Colour, any_paint, shade, vary

SKINS = ((240, 206, 178), (214, 168, 130), (166, 116, 84), (112, 74, 52), (72, 48, 36))
HAIRS = ((34, 26, 22), (84, 58, 36), (172, 136, 82), (150, 148, 146), (120, 56, 34))


def _legs(pen: Pen, chance: Random, colour: Colour, stride: float) -> None:
    """Draw two legs and their shoes, apart by the stride."""
    shoe = chance.choice(((30, 28, 28), (90, 60, 40), (220, 220, 220)))
    for side, tone in ((-1, 0.8), (1, 1.0)):
        foot = side * (0.09 + stride)
        knee = (side * 0.08 + stride * 0.3, 0.45)
        pen.stroke(((side * 0.08, 0.86), knee, (foot, 0.06)), shade(colour, tone), 0.16)
        pen.ellipse((foot + 0.04, 0.05), (0.13, 0.06), shoe)


def _arms(pen: Pen, chance: Random, sleeve: Colour, skin: Colour, swing: float) -> None:
    """Draw two arms, swung against the legs, or one raised to wave."""
    waves = chance.random() < 0.12
    for side in (-1, 1):
        shoulder = (side * 0.21, 1.38)
        elbow = (side * (0.29 + abs(swing) * 0.3), 1.12)
        hand = (side * 0.28 - swing, 0.86)
        if waves and side == 1:
            elbow, hand = (0.42, 1.5), (0.46, 1.8)
        pen.stroke((shoulder, elbow, hand), sleeve, 0.11)
        pen.ellipse(hand, (0.06, 0.07), skin)


def _head(pen: Pen, chance: Random, skin: Colour) -> None:
    """Draw neck, face and hair, or a hat."""
    hair = vary(chance, chance.choice(HAIRS), 10)
    pen.stroke(((0, 1.42), (0.01, 1.56)), shade(skin, 0.85), 0.11)
    if chance.random() < 0.4:
        pen.ellipse((-0.01, 1.58), (0.15, 0.2), hair)
    pen.ellipse((0.01, 1.63), (0.115, 0.145), skin)
    turned = chance.uniform(-0.06, 0.02)
    pen.ellipse((turned, 1.71), (0.125, 0.085), hair)
    if chance.random() < 0.2:
        hat = any_paint(chance)
        pen.box(-0.12, 1.72, 0.12, 1.82, hat)
        pen.stroke(((-0.18, 1.72), (0.2, 1.72)), hat, 0.04)


def _torso(pen: Pen, chance: Random, coat: Colour) -> None:
    """Draw a jacket, or a long coat or dress that hides half the legs."""
    hem = chance.choice((0.8, 0.8, 0.82, 0.5))
    flare = 0.2 if hem > 0.7 else 0.3
    shoulders = (0.24, 1.4), (0.13, 1.47), (-0.13, 1.47), (-0.24, 1.4)
    pen.polygon(((-flare, hem), (flare, hem), *shoulders), coat)
    pen.polygon(((0, hem), (flare, hem), (0.24, 1.4), (0.08, 1.46)), shade(coat, 0.86))


def _belongings(pen: Pen, chance: Random) -> None:
    """Draw, at times, a bag in the hand or a satchel on the hip."""
    kind = chance.random()
    if kind < 0.18:
        pen.box(0.2, 0.42, 0.5, 0.76, any_paint(chance))
    elif kind < 0.34:
        pen.stroke(((-0.2, 1.4), (0.2, 0.95)), (50, 40, 34), 0.05)
        pen.box(0.1, 0.8, 0.34, 1.04, any_paint(chance))


def paint_person(pen: Pen, chance: Random) -> None:
    """Draw a person, about 1.75 m tall, standing or walking."""
    skin, coat = vary(chance, chance.choice(SKINS), 12), any_paint(chance)
    stride = chance.choice((0.0, 0.03, 0.12, 0.24, 0.3))
    _legs(pen, chance, any_paint(chance), stride)
    if chance.random() < 0.2:
        pack = any_paint(chance)
        pen.ellipse((-0.2, 1.2), (0.17, 0.27), pack)
    _torso(pen, chance, coat)
    _arms(pen, chance, shade(coat, 0.8), skin, stride * 0.8)
    _head(pen, chance, skin)
    _belongings(pen, chance)

"""Photographs of bare rock that nobody took: the same grey and ochre everywhere, drawn from a number.

A scene has a sky, far ridges, quarried slopes with benches, and rubble with boulders in front; one in four is a
close-up of rock alone. The same place seen from another spot moves what is near much and what is far little, under
other clouds and in another light.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

ROCK = np.array(
    [[96, 86, 74], [132, 118, 99], [164, 148, 125], [189, 176, 155], [118, 112, 106]], dtype=float
)
"""Every picture is mixed from these."""
SKY = np.array([[176, 190, 206], [214, 219, 224]], dtype=float)
MARGIN = 1.5
"""Layers are drawn larger than the frame, so that another view point sees other parts of them."""


@dataclass(frozen=True)
class View:
    """Where the photographer stands beside the first spot: shares of the frame that the nearest ground moves."""

    aside: float = 0.0
    up: float = 0.0
    zoom: float = 1.0
    light: int = 0
    """Which weather: clouds, brightness from one side, noise of the sensor."""


def scene(number: int, view: View | None = None, *, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """The photograph of place `number` from a view point, always the same."""
    view, (width, height) = view or View(), size
    place, weather = np.random.default_rng([7, number]), np.random.default_rng([8, number, view.light])
    rows = np.linspace(0, 1, height)[:, None]
    canvas = _sky(weather, (height, width))
    horizon = place.uniform(0.08, 0.3)
    close_up = place.random() < 0.25
    depths = [] if close_up else sorted(place.uniform(0.15, 1.0, size=int(place.integers(2, 5))))
    for order, depth in enumerate([*depths, 1.0]):
        top = horizon + (0.85 - horizon) * order / (len(depths) + 1)
        layer, edge = _layer(place, (height, width), depth=depth, view=view)
        covered = close_up | (rows > top + edge[None, :] * 0.25 - view.up * depth)
        canvas = np.where(covered[..., None], layer, canvas)
    shade = 1 + weather.uniform(-0.18, 0.18) * (np.linspace(-1, 1, width)[None, :, None])
    noise = weather.normal(0, 2.5, size=(height, width, 1))
    lit = canvas * shade * weather.uniform(0.9, 1.1) + noise
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def _sky(weather: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    clouds = _noise(weather, shape, power=2.2)[..., None]
    return SKY[0] + (SKY[1] - SKY[0]) * np.clip(clouds * 0.3 + 0.5, 0, 1)


def _layer(
    place: np.random.Generator, shape: tuple[int, int], *, depth: float, view: View
) -> tuple[np.ndarray, np.ndarray]:
    """Colours of one layer as this view point sees it, and how its upper edge runs."""
    height, width = shape
    tall, wide = int(height * MARGIN), int(width * MARGIN)
    ground = _noise(place, (tall, wide), power=place.uniform(1.1, 1.8))
    ground = (
        ground + _benches(place, (tall, wide)) + _boulders(place, (tall, wide), count=int(14 + 60 * depth))
    )
    tint = place.permutation(ROCK)[:2]
    edge = _line(place, wide)
    zoom = 1 + (view.zoom - 1) * depth
    across = (np.arange(width) / zoom + (MARGIN - 1) / 2 * width + view.aside * depth * width).astype(int)
    down = (np.arange(height) / zoom + (MARGIN - 1) / 2 * height + view.up * depth * height).astype(int)
    seen = np.clip(ground[np.ix_(down, across)] * 0.28 + 0.5, -0.2, 1.2)[..., None]
    return tint[0] + (tint[1] - tint[0]) * seen, edge[across]


def _noise(chance: np.random.Generator, shape: tuple[int, int], *, power: float) -> np.ndarray:
    """Fractal noise with mean 0 and deviation 1; the larger the power, the smoother."""
    tall, wide = shape
    frequency = np.hypot(np.fft.fftfreq(tall)[:, None], np.fft.rfftfreq(wide)[None, :])
    frequency[0, 0] = 1
    spectrum = np.fft.rfft2(chance.normal(size=shape)) / frequency**power
    spectrum[0, 0] = 0
    made = np.fft.irfft2(spectrum, s=shape)
    return made / made.std()


def _line(chance: np.random.Generator, length: int) -> np.ndarray:
    frequency = np.fft.rfftfreq(length)
    frequency[0] = 1
    spectrum = np.fft.rfft(chance.normal(size=length)) / frequency**1.6
    spectrum[0] = 0
    made = np.fft.irfft(spectrum, n=length)
    return made / np.abs(made).max()


def _benches(chance: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Terraces as machines leave them: bands that run a little uneven."""
    tall, wide = shape
    count, tilt = chance.uniform(4, 12), chance.uniform(-0.25, 0.25)
    rows, columns = np.linspace(0, 1, tall)[:, None], np.linspace(0, 1, wide)[None, :]
    phase = (rows + tilt * columns) * count + _line(chance, wide)[None, :] * 0.6
    return chance.uniform(0.2, 1.4) * (np.abs(phase % 1 - 0.5) * 4 - 1)


def _boulders(chance: np.random.Generator, shape: tuple[int, int], *, count: int) -> np.ndarray:
    """Blocks lit from above: bright on top, dark below."""
    tall, wide = shape
    made = np.zeros(shape)
    for _ in range(count):
        size = int(chance.pareto(2.5) * tall * 0.02 + tall * 0.012)
        row, column = int(chance.integers(0, tall)), int(chance.integers(0, wide))
        flat = chance.uniform(0.5, 1.0)
        top, left = max(0, row - size), max(0, column - size)
        bottom, right = min(tall, row + size), min(wide, column + size)
        down = (np.arange(top, bottom)[:, None] - row) / (size * flat)
        across = (np.arange(left, right)[None, :] - column) / size
        inside = down**2 + across**2 < 1
        patch = made[top:bottom, left:right]
        patch[inside] = (-1.8 * down + 0 * across)[inside]
    return made


def jpeg(picture: Image.Image, *, quality: int = 90, exif: Image.Exif | None = None) -> bytes:
    """As a camera would hand it over."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, **({"exif": exif} if exif is not None else {}))
    return out.getvalue()

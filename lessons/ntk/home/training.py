"""
A two-layer ReLU network on a circle: what infinite width predicts, and gradient descent on the networks
that the seed draws. Computed anew in float64 and held against what the page showed. Needs NumPy alone:

    python3 training.py
"""
import json
import sys

import numpy as np

RUN = json.loads("THE RUN")
P = RUN["params"]
m, alpha, n, beta = int(P["width"]), P["alpha"], int(P["n"]), P["lift"]
T = int(RUN["steps"])
SEEDS = [RUN["seed"] + r for r in range(RUN["seeds"])]


# The random numbers of the page: sfc32, filled by splitmix32, normal by Marsaglia's polar method.
def normals(seed, stream, count):
    def imul(a, b):
        return (a * b) & 0xFFFFFFFF

    mix = 0x811C9DC5
    for c in stream:
        mix = imul(mix ^ ord(c), 0x01000193)
    mix ^= seed
    state = []
    for _ in range(3):
        mix = (mix + 0x9E3779B9) & 0xFFFFFFFF
        z = imul(mix ^ (mix >> 16), 0x21F0AAAD)
        z = imul(z ^ (z >> 15), 0x735A2D97)
        state.append(z ^ (z >> 15))
    a, b, c = state
    counter = 1

    def uniform():
        nonlocal a, b, c, counter
        t = (a + b + counter) & 0xFFFFFFFF
        counter += 1
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & 0xFFFFFFFF
        c = ((((c << 21) | (c >> 11)) & 0xFFFFFFFF) + t) & 0xFFFFFFFF
        return t / 2**32

    for _ in range(12):
        uniform()
    drawn = []
    while len(drawn) < count:
        u, v = 2 * uniform() - 1, 2 * uniform() - 1
        s = u * u + v * v
        if 0 < s < 1:
            drawn += [u * np.sqrt(-2 * np.log(s) / s), v * np.sqrt(-2 * np.log(s) / s)]
    return np.array(drawn[:count])


# The data: n points on a circle, lifted by beta and brought to length 1, and their targets.
def circle(p):
    return np.stack([np.cos(p), np.sin(p), np.full_like(p, beta)], axis=1) / np.hypot(1, beta)


angles = 2 * np.pi * np.arange(n) / n
X = circle(angles)
y = sum((1 if k == 1 else 0.5) * np.cos(k * angles + (k - 1) % 3) for k in P["frequencies"])
floor = 1e-4 * np.sum(y**2)


# The kernel of infinite width, by the arc-cosine formulas; on the circle it is circulant.
def kernel(p):
    theta = np.arccos(np.clip((np.cos(p) + beta**2) / (1 + beta**2), -1, 1))
    k0 = (np.pi - theta) / np.pi
    k1 = (np.sin(theta) + np.cos(theta) * (np.pi - theta)) / np.pi
    return np.cos(theta) * k0 + k1


lam = np.fft.fft(kernel(angles)).real
eta = P["step"] / lam.max()
yhat = np.fft.fft(y)
yhat[np.abs(yhat) < 1e-12 * np.linalg.norm(yhat)] = 0


def learnt_share(t):
    """1 - (1 - eta lambda)^t, exact for small eigenvalues too."""
    with np.errstate(invalid="ignore", over="ignore"):
        small = -np.expm1(t * np.log1p(-np.minimum(eta * lam, 0.5)))
        return np.where(eta * lam < 0.5, small, 1 - (1 - eta * lam) ** t)


def infinite_loss(t):
    r = np.fft.ifft((1 - learnt_share(t)) * yhat).real
    return max(floor, np.sum(r**2))


def infinite_travel(t):
    safe = np.where(np.abs(lam) < 1e-12, 1, lam)
    share = np.where(np.abs(lam) < 1e-12, 0, learnt_share(t) ** 2 / safe)
    return np.sqrt(np.sum(share * np.abs(yhat) ** 2) / n) / alpha


def infinite_function(p, t):
    safe = np.where(np.abs(lam) < 1e-12, 1, lam)
    inverse = np.where(np.abs(lam) < 1e-12, eta * t, learnt_share(t) / safe)
    return kernel(p[:, None] - angles[None, :]) @ np.fft.ifft(inverse * yhat).real


def amplitudes(r):
    k = np.arange(n // 2 + 1)
    return np.abs(np.fft.rfft(r)) * np.where((k == 0) | (2 * k == n), 1, 2) / n


# The networks: neuron m/2 + j mirrors neuron j, so that f = 0 at the start.
def start(seed):
    half = normals(seed, f"ntk/weights/{m}", m // 2 * 4).reshape(m // 2, 4)
    W = np.concatenate([half[:, :3], half[:, :3]])
    return W, np.concatenate([half[:, 3], -half[:, 3]])


def linearised_losses(W, a, times):
    active = (X @ W.T > 0).astype(float)
    H = np.maximum(X @ W.T, 0)
    K = 2 / m * (H @ H.T + (X @ X.T) * ((active * a**2) @ active.T))
    values, vectors = np.linalg.eigh(K)
    c = vectors.T @ y
    return [max(floor, np.sum(((1 - eta * values) ** t * c) ** 2)) for t in times]


def train(W0, a0, times):
    """Gradient descent on (1/alpha^2) 1/2 |f - y|^2 with f = alpha sqrt(2/m) relu(X W^T) a."""
    W, a, s = W0.copy(), a0.copy(), alpha * np.sqrt(2 / m)
    losses, travels = [], []
    for t in range(T + 1):
        Z = X @ W.T
        r = s * np.maximum(Z, 0) @ a - y
        if t in times:
            losses.append(max(floor, np.sum(r**2)))
            travels.append(np.sqrt(np.sum((W - W0) ** 2) + np.sum((a - a0) ** 2)))
        if t == T:
            break
        grad_a = s * np.maximum(Z, 0).T @ r / alpha**2
        grad_W = s * ((r[:, None] * a[None, :]) * (Z > 0)).T @ X / alpha**2
        W, a = W - eta * grad_W, a - eta * grad_a
    field = s * np.maximum(circle(places) @ W.T, 0) @ a
    return losses, travels, field, amplitudes(r)


page = {curve["id"]: curve for curve in RUN["curves"]}
times = [int(t) for t in page["loss-infinite"]["x"]]
places = np.array(page["function"]["x"])
starts = [start(seed) for seed in SEEDS]
predicted = {
    "loss-infinite": [infinite_loss(t) for t in times],
    "loss-linearised": np.mean([linearised_losses(*s, times) for s in starts], axis=0),
    "function": infinite_function(places, T),
    "modes": amplitudes(np.fft.ifft((1 - learnt_share(T)) * yhat).real),
    "travel": [infinite_travel(t) for t in times],
}
loss, travel, field, modes = (np.mean(part, axis=0) for part in zip(*(train(*s, times) for s in starts)))
measured = {"loss-infinite": loss, "loss-linearised": loss, "function": field, "modes": modes, "travel": travel}


# Against the page: predictions to rounding in float64, runs to what float32 leaves of them.
def gap(ours, theirs):
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    return np.max(np.abs(ours - theirs)) / np.sqrt(np.mean(theirs**2))


failed = False
for name, curve in page.items():
    gaps = [("predicted", gap(predicted[name], curve["predicted"]), 1e-8)]
    if curve["measured"]:
        gaps.append(("measured", gap(measured[name], curve["measured"]), 1e-2))
    for what, size, allowed in gaps:
        failed |= not size <= allowed
        print(f"{name}: {what}, largest difference from the page {size:.1e}, allowed {allowed:.0e}")
print("differs from the page" if failed else "reproduced")
sys.exit(1 if failed else 0)

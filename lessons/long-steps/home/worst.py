"""
Gradient descent with steps fixed in advance on a family of Huber functions, L = 1, start at distance 1:
the closed forms, and the descent step by step. Held against what the page showed. Needs NumPy alone:

    python3 worst.py
"""
import json
import sys

import numpy as np

RUN = json.loads("THE RUN")
P = RUN["params"]
rho = 1 + np.sqrt(2)

# Grimmer's certified patterns (2024, Table 1).
a15 = [1.4, 2, 1.4]
b31 = [1.4, 2, 1.4, 3.9, 1.4, 2, 1.4]
c63 = b31 + [7.2] + b31 + [14.2] + b31 + [7.2] + b31
d127 = b31 + [7.2] + b31 + [12.6] + b31 + [7.2] + b31
d127 = d127 + [23.5] + d127
GRIMMER = {
    "g2": [2.9, 1.5],
    "g3": [1.5, 4.9, 1.5],
    "g7": [1.5, 2.2, 1.5, 12, 1.5, 2.2, 1.5],
    "g15": a15 + [4.5] + a15 + [29.7] + a15 + [4.5] + a15,
    "g31": b31 + [8.2] + b31 + [72.3] + b31 + [8.2] + b31,
    "g63": c63 + [164] + c63,
    "g127": d127 + [370] + d127,
}


def steps_of(schedule, h, length, pattern):
    if schedule == "constant":
        return np.full(length, float(h))
    if schedule == "silver":
        # h_i = 1 + rho^(v - 1), v how often 2 divides i, for i = 1 ... 2^k - 1.
        n = 2 ** int(np.log2(length + 1)) - 1
        return np.array([1 + rho ** (((i & -i).bit_length() - 1) - 1) for i in range(1, n + 1)])
    pattern = pattern if schedule == "own" else GRIMMER[schedule]
    return np.tile(np.array(pattern, float), max(1, length // len(pattern)))


schedule, h = P["schedule"], P["h"]
steps = steps_of(schedule, h, int(P["length"]), P["pattern"])
H, n = steps.sum(), len(steps)
worst = 1 / (2 * H + 1)


# The closed forms.
def flat(delta, taken):
    return delta - (taken.sum() + 0.5) * delta**2


def parabola(taken):
    return np.prod((1 - taken) ** 2) / 2


if schedule == "constant":
    bound = largest = max(1 / (4 * n * h + 2), (1 - h) ** (2 * n) / 2)
elif schedule == "silver":
    bound, largest = 1 / (1 + np.sqrt(4 * rho ** (2 * np.log2(n + 1)) - 3)), 1 / (4 * H + 2)
else:
    bound, largest = 1 / H, 1 / (4 * H + 2)


# The descent.
def huber(x, delta):
    return np.where(abs(x) <= delta, x * x / 2, delta * abs(x) - delta * delta / 2)


def path(delta):
    x, values = 1.0, [huber(1.0, delta)]
    for h in steps:
        x -= h * np.clip(x, -delta, delta)
        values.append(huber(x, delta))
    return np.array(values)


def descend(deltas):
    return np.array([path(delta)[-1] for delta in deltas])


page = {curve["id"]: {k: np.array(v, float) for k, v in curve.items() if k != "id"} for curve in RUN["curves"]}
family = page["bound"]["x"]
taken = [steps[:t] for t in range(n + 1)]
# The parabola is the Huber function whose threshold nothing reaches.
far = 2 * np.max(np.abs(np.cumprod(np.concatenate([[1], 1 - steps]))))
predicted = {
    "flat": flat(page["flat"]["x"], steps),
    "parabola": np.full(len(page["parabola"]["x"]), parabola(steps)),
    "bound": np.full(len(family), bound),
    "largest": np.array([largest]),
    "along-huber": np.array([flat(worst, part) for part in taken]),
    "along-parabola": np.array([parabola(part) for part in taken]),
}
measured = {
    "flat": descend(page["flat"]["x"]),
    "parabola": descend(page["parabola"]["x"]),
    "bound": descend(family),
    "largest": np.array([descend(family).max()]),
    "along-huber": path(worst),
    "along-parabola": path(far),
}

# Against the page: all of it float64, rounded in another order.
failed = False
for name, curve in page.items():
    for what, ours in (("predicted", predicted[name]), ("measured", measured[name])):
        theirs = curve[what]
        if len(theirs) == 0:
            continue
        size = np.max(np.abs(ours - theirs)) / np.sqrt(np.mean(theirs**2))
        failed |= not size <= 1e-8
        print(f"{name}: {what}, largest difference from the page {size:.1e}, allowed 1e-08")
print("differs from the page" if failed else "reproduced")
sys.exit(1 if failed else 0)

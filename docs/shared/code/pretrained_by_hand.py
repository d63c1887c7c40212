import numpy as np


def start_from(saved, fresh, leave_fresh):
    """Copy what has the same name and the same shape; refuse what has the name alone."""
    params = {}
    for name, own in fresh.items():
        if name in leave_fresh or name not in saved:
            params[name] = own
        elif saved[name].shape == own.shape:
            params[name] = saved[name].copy()
        else:
            raise ValueError(f"{name}: {saved[name].shape} in the file, {own.shape} in the network")
    return params


rng = np.random.default_rng(0)
saved = {"hidden": rng.normal(size=(4, 3)), "output": rng.normal(size=(5, 4))}
fresh = {"hidden": np.ones((4, 3)), "output": np.zeros((2, 4))}

params = start_from(saved, fresh, leave_fresh=["output"])
assert (params["hidden"] == saved["hidden"]).all() and (params["output"] == fresh["output"]).all()

try:
    start_from(saved, fresh, leave_fresh=[])
except ValueError as error:
    message = str(error)
assert message == "output: (5, 4) in the file, (2, 4) in the network"

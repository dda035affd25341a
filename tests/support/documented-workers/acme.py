"""As acme.ts."""


async def is_covered(charge: dict) -> bool:
    return charge["card"] != "empty"


async def charge_card(charge: dict, key: str) -> str:
    print(f"charges {key}", flush=True)
    if charge["card"] == "broken":
        raise RuntimeError(f"The bank says of it: {charge['memo']}")
    return f"{key} {charge['cents']} {charge['memo']}"

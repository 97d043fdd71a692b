"""A process that serves officers is killed in the middle of their acts: each act is done whole, or not at all."""

import random
import time

from tests.stories.crash_world import World

CONTACTS = 167
DELIVERIES = 333  # 167 in the inbox, 166 by webhook; nothing is sent here
SEEDS = range(8)


def test_an_act_cut_short_is_done_or_not_done(tmp_path):
    with World(tmp_path, FENGHUO_SMTP="") as world:
        world.ask("build", contacts=CONTACTS, hooks="http://127.0.0.1:9")
        issued, cut_short = 0, 0
        for seed in SEEDS:
            chance = random.Random(seed)
            warning = world.ask("approve")["warning"]
            before = world.ask("record", warning=warning)
            world.tell("issue", warning=warning)
            time.sleep(chance.uniform(0.0, 0.8))
            world.kill_desk()
            after = world.ask("record", warning=warning)
            if after["state"] == "issued":
                issued += 1
                assert after["number"]
                assert after["cap"]
                assert after["recipients"] == CONTACTS
                assert len(after["deliveries"]) == DELIVERIES
                assert after["entries"]["warning.issued"] == before["entries"].get("warning.issued", 0) + 1
            else:
                cut_short += 1
                assert after == before
                world.ask("issue", warning=warning)
            answered = world.ask("record", warning=warning)["entries"].get("warning.acknowledged", 0)
            world.tell("acknowledge", warning=warning)
            time.sleep(chance.uniform(0.02, 0.3))
            world.kill_desk()
            after = world.ask("record", warning=warning)
            assert after["entries"].get("warning.acknowledged", 0) - answered == after["acknowledged"]
        print(f"\nissue: {issued} done, {cut_short} not done, of {len(SEEDS)}")
        assert cut_short > 0
        assert world.ask("faults") == {"faults": []}

import random
from datetime import date, timedelta
from itertools import product

from freezegun import freeze_time

from odoo.tests import tagged

from .support.powers import PowersCommon

TODAY = date(2025, 4, 1)


@tagged("post_install", "-at_install")
@freeze_time("2025-04-01 17:00:00")
class TestRepresentativeRule(PowersCommon):
    """The rule in SQL finds what the rule in words says, of people and days by chance."""

    def _random_world(self, dice):
        """Shares, powers and cases of four people in two contracts, on days around today."""
        people = [self.holder, self.coholder, self.stranger, self.proxy]

        def period():
            first = TODAY + timedelta(days=dice.randint(-4, 2))
            return first, dice.choice([None, first + timedelta(days=dice.randint(0, 5))])

        shares, powers, cases = [], [], []
        contracts = [self._contract(f"CT-W{n}", self.common_area, {}) for n in (1, 2)]
        for contract, person in product(contracts, people):
            if dice.random() < 0.7:
                begin, end = period()
                shares.append((contract, person, dice.choice([None, begin]), end))
        for contract, principal, *_days in shares * 2:
            partner = dice.choice([one for one in people if one != principal])
            powers.append((contract, principal, partner, *period(), dice.random() < 0.8))
        for _number in range(8):
            contract = dice.choice([*contracts, None])
            named = [dice.choice([*people, None]) for _one in range(2)]
            day = TODAY - timedelta(days=dice.randint(0, 5))
            cases.append((contract, *named, day, dice.random() < 0.2))
        return shares, powers, cases

    def _sees(self, person, case, shares, powers):
        """Whether somebody sees a case, in plain words."""
        contract, holder, requester, day, is_confidential = case

        def lasts(begin, end, on):
            return (begin is None or begin <= on) and (end is None or on <= end)

        def holds(who, on):
            return any(
                (where, one) == (contract, who) and lasts(begin, end, on)
                for where, one, begin, end in shares
            )

        def is_theirs(who):
            return who in (holder, requester) or (holds(who, TODAY) and holds(who, day))

        if person in (holder, requester):
            return True
        if is_confidential:
            return False
        return is_theirs(person) or any(
            (where, one, active) == (contract, person, True)
            and lasts(begin, end, TODAY)
            and begin <= day
            and holds(principal, TODAY)
            and is_theirs(principal)
            for where, principal, one, begin, end, active in powers
        )

    def _write_world(self, shares, powers, cases):
        self.env["atencion.contract.holder"].create(
            [
                {"contract_id": contract.id, "partner_id": person.id, "share": 10}
                | {"date_from": begin, "date_to": end}
                for contract, person, begin, end in shares
            ]
        )
        lines = []
        for contract, principal, partner, begin, end, active in powers:
            values = {"contract_id": contract.id, "principal_id": principal.id}
            values |= {"partner_id": partner.id, "date_from": begin, "date_to": end}
            lines.append(values | {"active": active})
        # Holders are corrected after their powers were written: this order checks nothing.
        deferred = self.contract._with_deferred_share_check().env
        self.env["atencion.representative"].with_env(deferred).create(lines)
        return self.env["atencion.case"].create(
            [
                self.case_values(
                    contract_id=contract.id if contract else False,
                    partner_id=holder.id if holder else False,
                    requester_id=requester.id if requester else False,
                    request_date=day,
                    is_confidential=is_confidential,
                )
                for contract, holder, requester, day, is_confidential in cases
            ]
        )

    def test_search_finds_what_the_rule_says(self):
        users = (self.portal_holder, self.portal_coholder, self.portal_stranger, self.proxy_user)
        for seed in range(12):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                shares, powers, cases = self._random_world(random.Random(seed))
                records = self._write_world(shares, powers, cases)
                for user in users:
                    wanted = [self._sees(user.partner_id, case, shares, powers) for case in cases]
                    found = self.seen_by(user, records)
                    self.assertEqual([one in found for one in records], wanted, user.login)
                    for case in records:
                        may = self.on(user, case)._granting("see")
                        self.assertEqual(bool(may), case in found, user.login)
                savepoint.rollback()

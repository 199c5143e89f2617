from odoo.tests import tagged
from odoo.tools import SQL

from .support.hidden import HUSHED, HiddenCommon
from .support.many_cases import ManyCases

# Enough that PostgreSQL reads no table whole to find one row.
MANY = 10_000
# Of documents, each with a case of its own, which takes longer to write.
DOCUMENT, MANY_DOCUMENTS = "atencion.case.document", 2_000
RANDOM = "md5(number::text)"
NOT_THERE = "nothing like this"
# They keep a rule, and find what would break it.
KEEP_A_RULE = ("_pkey", "_unique", "_key", "_once", "_one_open", "_once_a_day")
# The order of a list, asked without any condition.
ORDERS = ("list_order",)
PAGE = 80


@tagged("post_install", "-at_install")
class TestOtherIndexes(HiddenCommon, ManyCases):
    """PostgreSQL chooses the indexes of what belongs to a case, and of property.

    A table is filled with copies of one record. They do not link to what that record links to.
    """

    def _copies(self):
        """Of each model, the columns that copies of its record do not have of it, as SQL."""
        case, user = self.visible["atencion.case"].id, self.supervisor.id
        contract, unit, project = self.contract.id, self.flat.id, self.project.id
        requirement = self.env["atencion.document.requirement"].create(
            {"name": "Deed", "type_id": self.type_two_days.id}
        )
        texts = dict.fromkeys(("name", "holder_key"), RANDOM)
        return {
            "atencion.call": {
                "case_id": case,
                "user_id": user,
                "called_at": "now() at time zone 'UTC' - number * interval '1 hour'",
            },
            "atencion.case.correction": {"case_id": case},
            DOCUMENT: {
                # Each of another case, which has a document of a requirement once.
                "case_id": f"{self._last_of_many_cases()} - number",
                "requirement_id": requirement.id,
            },
            "atencion.case.history": {"case_id": case, "rule_id": "NULL", "left_at": "entered_at"},
            "atencion.contract": texts | {"project_id": project, "quotation_number": RANDOM},
            "atencion.contract.holder": {
                "contract_id": contract,
                "partner_id": self.stranger.id,
                "date_to": "COALESCE(date_from, current_date)",
            },
            "atencion.escalation.log": {"case_id": case, "rule_id": "NULL", "reopening": "number"},
            "atencion.handover.check": {
                "contract_id": contract,
                "unit_id": unit,
                **dict.fromkeys(("case_id", "item_id"), "NULL"),
            },
            "atencion.note": {"name": RANDOM},
            "atencion.representative": {
                "contract_id": contract,
                **dict.fromkeys(("partner_id", "principal_id"), self.holder.id),
            },
            "atencion.solution": {
                **dict.fromkeys(("name", "problem", "solution"), RANDOM),
                "state": "'active'",
                "company_id": self.lima.id,
                **dict.fromkeys(
                    ("area_id", "case_id", "case_number", "category_id", "place_id", "type_id"),
                    "NULL",
                ),
            },
            "atencion.unit": texts
            | {"code": RANDOM, "project_id": project}
            | dict.fromkeys(("block_id", "main_unit_id"), "NULL"),
        }

    def _last_of_many_cases(self):
        self.case = self.visible["atencion.case"]
        self.fill_to(MANY_DOCUMENTS + 100)
        return self.env["atencion.case"].search([], order="id desc", limit=1).id

    def _indexes(self, table):
        """The names of the indexes of a table that only make searches faster."""
        self.env.cr.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table]
        )
        return {
            name: "gin_trgm_ops" in definition
            for name, definition in self.env.cr.fetchall()
            if not name.endswith(KEEP_A_RULE) and not definition.startswith("CREATE UNIQUE")
        }

    def _question(self, record, index, is_of_texts):
        """The domain and options of a search that an index is for."""
        name = index.removeprefix(f"{record._table}_")
        if name in ORDERS:
            return [], {"order": record._order, "limit": PAGE}
        if name == "search_vector":
            return [("words", "ilike", HUSHED)], {}
        column = name.removeprefix("_").removesuffix("_index")
        if is_of_texts:
            return [(column, "ilike", NOT_THERE)], {}
        field = record._fields[column]
        value = record[column].id if field.type == "many2one" else record[column]
        if field.type == "datetime":
            return [(column, ">=", value)], {}
        return [(column, "=", value or -1)], {}

    def test_each_index_is_chosen(self):
        self.hidden["atencion.solution"].write({"state": "revoked", "revoked_reason": "Wrong"})
        for model, columns in self._copies().items():
            record = self.hidden[model].sudo()
            self.copy_record(record, MANY_DOCUMENTS if model == DOCUMENT else MANY, columns)
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(record._table)))
            indexes = self._indexes(record._table)
            self.assertTrue(indexes, model)
            for index, is_of_texts in indexes.items():
                if is_of_texts:
                    # As a database at rest: what was added last is in the index, too.
                    self.env.cr.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
                with self.subTest(index=index):
                    domain, options = self._question(record, index, is_of_texts)
                    search = record.with_context(active_test=False)._search(domain, **options)
                    self.assertIn(index, self.explain(search.select()))

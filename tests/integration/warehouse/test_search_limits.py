"""What search refuses before it looks at anything."""

import pytest
import sqlalchemy as sa

from warehouse.database import engine


@pytest.mark.parametrize("most", ["0", "1001", "null"])
def test_a_search_without_a_bound_is_refused(database_url, most):
    opened = engine(database_url)
    asked = sa.text(f"select * from marts.search_documents('THỬ', most => {most})")
    try:
        with opened.connect() as connection:
            with pytest.raises(sa.exc.DBAPIError) as refused:
                connection.execute(asked)
            assert refused.value.orig.sqlstate == "22023"
    finally:
        opened.dispose()

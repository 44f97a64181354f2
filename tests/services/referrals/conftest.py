"""Institutions that clients of the walked UPT are referred to."""

import pytest

from services.referrals import partners

HOSPITAL = {
    "name": "RSJ Contoh Damai",
    "kind": "hospital",
    "services": ["mental_health", "drugs"],
    "head_title": "Direktur RSJ Contoh Damai",
    "address": "Jalan Contoh No. 8",
    "regency": "35.07",
}


@pytest.fixture
def hospital(people):
    return partners.add(institution=people.worker.institution, values=HOSPITAL, by=people.worker)

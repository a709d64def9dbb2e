"""A stand-in for dbt's build task: it selects what FAKE_SELECTED says."""

import json
import os
from types import SimpleNamespace as Some


class BuildTask:
    def __init__(self, manifest, project_dir, state):
        self.manifest = manifest
        self.previous_state = state and Some(manifest=state)
        self.config = Some(project_target_path=os.path.join(project_dir, "target"))
        self.args = Some(STATE_MODIFIED_COMPARE_MORE_UNRENDERED_VALUES=True)
        self.model_to_unit_test_map = json.loads(os.environ.get("FAKE_UNIT_TESTS", "{}"))
        self.selected_unit_tests = {test for its in self.model_to_unit_test_map.values() for test in its}

    def _runtime_initialize(self):
        ids = os.environ.get("FAKE_SELECTED", "model.shop.orders").split()
        self._flattened_nodes = [Some(unique_id=i) for i in ids]

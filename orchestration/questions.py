"""The GraphQL questions `launching` asks; each calls what comes back ``answer``."""

FAILURE_KINDS = frozenset({"STEP_FAILURE", "RUN_FAILURE", "PIPELINE_FAILURE"})

_ERROR = "... on Error { message }"
_RUN = """runId jobName status startTime endTime tags { key value }
stepStats { stepKey status startTime endTime }"""

ADD_PARTITION = f"""
mutation($key: String!, $partitions: String!, $repository: RepositorySelector!) {{
  answer: addDynamicPartition(
    partitionKey: $key, partitionsDefName: $partitions, repositorySelector: $repository
  ) {{ __typename {_ERROR} }}
}}"""

LAUNCH = f"""mutation($parameters: ExecutionParams!) {{
  answer: launchRun(executionParams: $parameters) {{
    __typename ... on LaunchRunSuccess {{ run {{ runId }} }} {_ERROR}
    ... on RunConfigValidationInvalid {{ errors {{ message }} }}
  }}
}}"""

RUN = f"""query($runId: ID!) {{
  answer: runOrError(runId: $runId) {{ __typename ... on Run {{ {_RUN} }} {_ERROR} }}
}}"""

RUNS = f"""query($filter: RunsFilter!) {{
  answer: runsOrError(filter: $filter, limit: 25) {{
    __typename ... on Runs {{ results {{ {_RUN} }} }} {_ERROR}
  }}
}}"""

EVENTS = f"""query($runId: ID!, $after: String) {{
  answer: runOrError(runId: $runId) {{ __typename {_ERROR} ... on Run {{
    eventConnection(afterCursor: $after, limit: 500) {{ cursor events {{
      ... on MessageEvent {{ timestamp stepKey eventType level message }}
      ... on ErrorEvent {{ error {{ message }} }}
    }} }}
  }} }}
}}"""

PARTITIONS = f"""query($asset: AssetKeyInput!) {{
  answer: assetNodeOrError(assetKey: $asset) {{ __typename {_ERROR} ... on AssetNode {{
    assetPartitionStatuses {{ ... on DefaultPartitionStatuses {{ materializedPartitions }} }}
  }} }}
}}"""

START_SENSOR = f"""mutation($sensor: SensorSelector!) {{
  answer: startSensor(sensorSelector: $sensor) {{ __typename {_ERROR} }}
}}"""

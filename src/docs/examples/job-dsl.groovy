// A freestyle job that builds what changed since production, made by the Job DSL plugin.
freeStyleJob('shop-slim-build') {
  steps {
    dbtFetchManifest {
      options {
        from('s3://mz-test-dbt/manifest.json')
        credentialsId('dbt-bucket')
        ifMissing('fullBuild')
      }
    }
    dbtSlimBuild {
      options {
        credentialsId('materialize')
        threads(4)
      }
    }
  }
}

curl -fsS -u "$JENKINS_USER:$JENKINS_TOKEN" -OJ "${BUILD_URL}dbt-slim/download/report.json"

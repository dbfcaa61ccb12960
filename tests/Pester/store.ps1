# Gives a test file the module and a store of its own, open as the default connection. Dot-source it in BeforeAll, and
# Disconnect-Cdb in AfterAll.
$ErrorActionPreference = 'Stop'
$manifest = $env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1"
Import-Module $manifest
$store = Join-Path $TestDrive 'store.cdb'
$null = Connect-Cdb -Path $store

<#
.SYNOPSIS
    Runs a backup, logs how long it took, and marks it in Grafana.
.DESCRIPTION
    The duration goes to InfluxDB and, as an event, to Grafana as an annotation; also when the backup fails. Without a
    connection both wait in the file and go with the next run.
.PARAMETER Backup
    The script that makes the backup.
.PARAMETER Token
    The token of Grafana.
#>
param(
    [Parameter(Mandatory)] [string] $Backup,
    [Parameter(Mandatory)] [securestring] $Token,
    [string] $Path = (Join-Path $HOME 'backup.db')
)

Import-Module ConnectorDb
$log = New-CdbLogger $Path -Sink @(
    New-CdbSink -InfluxDb http://localhost:8086 -Version 1 -Database backups -CreateDatabase
    New-CdbSink -GrafanaAnnotation http://localhost:3000 -Token $Token
)
try {
    Measure-CdbCommand backup { & $Backup } -Tag @{ host = [Environment]::MachineName } -EventTag @{ job = 'backup' }
}
finally {
    $result = Sync-CdbLogger -Timeout 1m
    $result.Destinations | Where-Object Error | ForEach-Object { Write-Warning "$($_.Destination): $($_.Error)" }
    Stop-CdbLogger $log
}

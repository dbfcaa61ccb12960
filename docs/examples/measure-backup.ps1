#Requires -Version 7.6

<#
.SYNOPSIS
    Runs a backup, logs its duration, and marks it in Grafana.
.DESCRIPTION
    The duration goes to InfluxDB, and an annotation to Grafana, even if the backup fails. Without a
    connection, both wait in the file and are sent by the next run.
.PARAMETER Backup
    The backup script.
.PARAMETER Token
    The token of Grafana.
#>
param(
    [Parameter(Mandatory)] [string] $Backup,
    [Parameter(Mandatory)] [securestring] $Token,
    [string] $Path = (Join-Path ([Environment]::GetFolderPath('UserProfile')) 'backup.db')
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

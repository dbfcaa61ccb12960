<#
.SYNOPSIS
    Logs the free space of each disk and sends what waits. One run; let a scheduler repeat it.
.DESCRIPTION
    What is logged is on the disk at once, whether the server can be reached or not. Runs may overlap.

    Once, to make the logger and keep the key sealed in its file:

        New-CdbLogger ~/disks.db -Sink (New-CdbSink -ConnectorDb https://cdb.example.org -ApiKey (Read-Host Key -AsSecureString)) | Stop-CdbLogger

    Windows Task Scheduler, every ten minutes:

        schtasks /create /tn DiskSpace /sc minute /mo 10 /tr "pwsh -NoProfile -File C:\Scripts\log-disk-space.ps1"

    systemd: log-disk-space.service and log-disk-space.timer beside this file.
.PARAMETER Path
    The file of the logger.
#>
param([string] $Path = (Join-Path $HOME 'disks.db'))

$ErrorActionPreference = 'Stop'
Import-Module ConnectorDb
$log = New-CdbLogger $Path
foreach ($disk in [IO.DriveInfo]::GetDrives() | Where-Object { $_.IsReady -and $_.DriveType -eq 'Fixed' }) {
    $name = 'free_' + ($disk.Name -replace '[^A-Za-z0-9]', '')
    Add-CdbLoggerStream $name -Schema integer -Description "Bytes free on $($disk.Name)" -Force
    Write-CdbLog $name $disk.AvailableFreeSpace
}

$result = Sync-CdbLogger -Timeout 5m
$result.Destinations | Where-Object Error | ForEach-Object { Write-Warning "$($_.Destination): $($_.Error)" }
Stop-CdbLogger
exit $result.ExitCode

<#
.SYNOPSIS
    Logs the free space of each disk and sends the waiting entries. A scheduler repeats the script.
.DESCRIPTION
    Each entry is on disk at once, even if the server is unreachable. Runs can overlap.

    The exit code is 0 when everything was sent, 1 when something failed (unsent entries wait for the next run), and 2 when
    another run was sending for the whole time.

    Windows: register-log-disk-space.ps1 beside this file registers a task of Task Scheduler.
    Linux: log-disk-space.service and log-disk-space.timer beside this file are units of systemd.
.PARAMETER Path
    The file of the logger.
.PARAMETER Server
    The address of the ConnectorDB server to send to. The logger remembers it: give it once, with KeyFile.
.PARAMETER KeyFile
    A file with the API key of this machine's device. The first run encrypts the key in the logger, for its account,
    and deletes the file.
.PARAMETER LogFile
    A file for errors and warnings; Task Scheduler keeps no output.
.PARAMETER Module
    The name of the module, or the path of its manifest.
.EXAMPLE
    ./log-disk-space.ps1 -Server https://cdb.example.org -KeyFile ./key.txt
.EXAMPLE
    ./log-disk-space.ps1
#>
[CmdletBinding()]
param(
    [string] $Path = (Join-Path $HOME 'disks.db'),
    [string] $Server,
    [string] $KeyFile,
    [string] $LogFile,
    [string] $Module = 'ConnectorDb'
)

$ErrorActionPreference = 'Stop'

function Write-Problem([string] $Text) {
    Write-Warning $Text
    if ($LogFile) {
        Add-Content $LogFile "$(Get-Date -Format s) $Text"
    }
}

$exitCode = 1
try {
    Import-Module $Module
    $settings = @{}
    if ($KeyFile -and (Test-Path $KeyFile)) {
        $settings.Sink = New-CdbSink -ConnectorDb $Server -ApiKey (Get-Content $KeyFile -Raw).Trim()
    }

    $log = New-CdbLogger $Path @settings
    if ($settings.Sink) {
        Remove-Item $KeyFile
    }

    foreach ($disk in [IO.DriveInfo]::GetDrives() | Where-Object { $_.IsReady -and $_.DriveType -eq 'Fixed' }) {
        $name = 'free_' + ($disk.Name -replace '[^A-Za-z0-9]', '')
        Add-CdbLoggerStream $name -Schema integer -Description "Bytes free on $($disk.Name)" -Force
        Write-CdbLog $name $disk.AvailableFreeSpace
    }

    $result = Sync-CdbLogger -Timeout 5m
    $result.Destinations | Where-Object Error | ForEach-Object { Write-Problem "$($_.Destination): $($_.Error)" }
    $exitCode = $result.ExitCode
}
catch {
    Write-Problem "$_"
}
finally {
    if ($log) {
        Stop-CdbLogger $log
    }
}

exit $exitCode

#Requires -Version 7.6

<#
.SYNOPSIS
    Logs the free space of each disk and sends the waiting entries. A scheduler repeats the script.
.DESCRIPTION
    Each entry is on disk at once, even if the server is unreachable. Runs can overlap. A logger without a destination is a local
    log: the script says so in a warning, and sends nothing.

    The exit code is 0 when everything was sent or there is no destination, 1 when something failed (unsent entries wait for the
    next run), 2 when another run was sending for the whole time, and 3 when entries were set aside or lost.

    Windows: register-log-disk-space.ps1 beside this file registers a task of Task Scheduler.
    Linux: log-disk-space.service and log-disk-space.timer beside this file are units of systemd.
.PARAMETER Path
    The file of the logger. Default: disks.db in the folder of the user, also in a service of systemd, where HOME is not set.
.PARAMETER Server
    The address of the ConnectorDB server to send to. The logger remembers it: give it once, with KeyFile. To change the server or
    the key, give both again.
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
    [string] $Path = (Join-Path ([Environment]::GetFolderPath('UserProfile')) 'disks.db'),
    [string] $Server,
    [string] $KeyFile,
    [string] $LogFile,
    [string] $Module = 'ConnectorDb'
)

$ErrorActionPreference = 'Stop'
$problems = [Collections.Generic.List[string]]::new()

function Write-Problem([string] $Text) {
    $problems.Add($Text)
    Write-Warning $Text
    if ($LogFile) {
        Add-Content $LogFile "$(Get-Date -Format s) $Text"
    }
}

# Stores the destination of the parameters in the logger, or checks that the logger has it already.
function Register-Destination {
    if ($KeyFile -and -not $Server) {
        throw "The key file '$KeyFile' has no server. Give the address of the server with -Server."
    }

    if ($KeyFile -and (Test-Path $KeyFile)) {
        $key = "$(Get-Content $KeyFile -Raw)".Trim()
        if (-not $key) {
            throw "The key file '$KeyFile' is empty. Write the API key of this machine's device to it."
        }

        # A new server gets the waiting entries of the old one: the last destination leaves them to the next.
        if ($log.Destinations | Where-Object { $_.Name -eq 'connectordb' -and $_.Location.TrimEnd('/') -ne $Server.TrimEnd('/') }) {
            Set-CdbLogger -RemoveSink connectordb -WarningAction Ignore
        }

        Set-CdbLogger -Sink (New-CdbSink -ConnectorDb $Server -ApiKey $key -Name connectordb)
        Remove-Item $KeyFile
    }
    elseif ($Server -and $Server.TrimEnd('/') -notin ($log.Status.Destinations | ForEach-Object { $_.Location.TrimEnd('/') })) {
        $missing = if ($KeyFile) { "and the key file '$KeyFile' does not exist" } else { 'and no -KeyFile was given' }
        throw "The logger '$Path' has no destination '$Server', $missing. Write the API key of this machine's device to a file, and give it with -KeyFile."
    }
}

$exitCode = 1
try {
    Import-Module $Module
    $log = New-CdbLogger $Path
    try {
        Register-Destination
    }
    catch {
        # The values are logged all the same; a later run sends them.
        Write-Problem "$_"
    }

    foreach ($disk in [IO.DriveInfo]::GetDrives() | Where-Object { $_.IsReady -and $_.DriveType -eq 'Fixed' }) {
        $name = 'free_' + ($disk.Name -replace '[^A-Za-z0-9]', '')
        Add-CdbLoggerStream $name -Schema integer -Description "Bytes free on $($disk.Name)" -Force
        Write-CdbLog $name $disk.AvailableFreeSpace
    }

    $isMissing = $problems.Count -gt 0
    if ($log.Status.Destinations) {
        $result = Sync-CdbLogger -Timeout 5m -WarningAction Ignore
        $result.Problems | ForEach-Object { Write-Problem $_ }
        $exitCode = if ($isMissing) { 1 } else { $result.ExitCode }
    }
    elseif (-not $isMissing) {
        Write-Warning "The logger '$Path' has no destination: its entries stay in the file. To send them, give -Server and -KeyFile."
        $exitCode = 0
    }
}
catch {
    Write-Problem "$_"
}
finally {
    if ($log) {
        # Stop-CdbLogger would warn again of the entries that wait.
        $log.Dispose()
    }
}

exit $exitCode

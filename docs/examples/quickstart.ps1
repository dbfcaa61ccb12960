#Requires -Version 7.6

<#
.SYNOPSIS
Polls this machine for some seconds, stores the values, and shows them.

.DESCRIPTION
A poller measures the processors, the memory, a disk and a ping of this machine, each once a second, and writes the values to a
logger. A logger keeps values in a file until its destination has stored them. Here the destination is a store on this machine,
with streams of the device me/machine. Each run adds to the same streams.

.PARAMETER Path
The file of the store. Default: the store of the current user.

.PARAMETER Seconds
How long to poll.

.EXAMPLE
./quickstart.ps1 -Seconds 30 -Path ./machine.cdb
#>
[CmdletBinding()]
param(
    [string] $Path,
    [ValidateRange(2, 86400)] [int] $Seconds = 10
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command Connect-Cdb -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../../ConnectorDb.psd1"
}

# A store is a file, created at first use. Its owner creates the device that measures, and its streams.
$store = if ($Path) { @{ Path = $Path } } else { @{} }
$owner = Connect-Cdb @store

if (-not (Test-CdbItem me/machine)) {
    $null = New-CdbDevice me/machine -Description 'What quickstart.ps1 measured' -Stream ([ordered]@{
            cpu  = @{ schema = 'number'; description = 'Processors busy, %' }
            ram  = @{ schema = 'object'; description = 'Memory, bytes' }
            disk = @{ schema = 'object'; description = 'The disk of the system, bytes' }
            ping = @{ schema = 'number'; description = 'To this machine and back, ms' }
        })
}

# Poll into a logger. A failed measurement, such as a ping where pings are not permitted, is counted as an error.
$log = New-CdbLogger "$($owner.Location).logger" -Sink (New-CdbSink -ConnectorDb $owner.Location -As me/machine)
$poller = Start-CdbPoller -Logger $log
Add-CdbPollItem cpu system.cpu -Interval 1s
Add-CdbPollItem ram system.memory -Interval 1s
Add-CdbPollItem disk system.disk -Interval 1s
Add-CdbPollItem ping net.ping 127.0.0.1 -Interval 1s

"Polling this machine for $Seconds seconds ..."
$start = [DateTimeOffset]::Now
Start-Sleep -Seconds $Seconds
Stop-CdbPoller

''
'What was polled: each second is a value, an error, or counted as missed'
Get-CdbPollItem -Poller $poller | Out-Host

'All of it waits in the logger, and goes to the store now'
Sync-CdbLogger -ThrowOnFailure | Out-Host
Stop-CdbLogger $log

'The streams of me/machine: each run adds to them'
Get-CdbStream 'me/machine/*' | Out-Host

'This run as a dataset, a row for every two seconds'
Invoke-CdbDataset -From $start -To ([DateTimeOffset]::Now) -Every 2s -AllowNull -Column ([ordered]@{
        'CPU %'    = 'machine/cpu:max'
        'Memory %' = @{ Stream = 'machine/ram'; Transform = '$("percent") | round(2)'; Interpolator = 'closest' }
        'Ping ms'  = 'machine/ping:max'
    }) | Out-Host

"It is all in $($owner.Location). To go on in pwsh:"
''
"    Import-Module '$(Join-Path (Get-Module ConnectorDb).ModuleBase ConnectorDb.psd1)'"
if (-not $Path) { '    Connect-Cdb' } else { "    Connect-Cdb '$($owner.Location)'" }
@'
    Get-CdbDatapoint machine/cpu -Since 1h
    Get-CdbDatapoint machine/cpu -Transform 'if $ > 50 | count | if last'
    Get-CdbSampler
    Get-Help Start-CdbPoller -Examples
'@

Disconnect-Cdb $owner

<#
.SYNOPSIS
Polls this machine for some seconds, keeps every value, and shows what came of it.

.DESCRIPTION
A poller measures the processors, the memory, a disk and the way from the machine to itself, each once a second, and writes what
it measures to a logger. That is a file: what is in it is safe, wherever it is going to, and whether that can be reached or not.
Here it goes to a store on this machine, as streams of the device me/machine. Run it again, and they go on where they stopped.

.PARAMETER Path
The file of the store. Without it, the store of this user.

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

# A store is a file, made at first use. Its owner makes the device that measures, and says what it will measure.
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

# Poll into a logger. What cannot be measured here, such as a ping where none may be sent, gives no value, and an error is counted.
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

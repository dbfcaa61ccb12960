<#
.SYNOPSIS
Measures this machine for some seconds, keeps every measurement, and shows what came of it.

.DESCRIPTION
Samples the CPU load, the memory in use, the free disk space and a ping to the machine itself. Every kind of sample is a
stream of the device me/quickstart, in a store that is one file. Run it again, and the streams go on where they stopped.

.PARAMETER Path
The file of the store. Without it, the store of this user.

.PARAMETER Seconds
How long to measure.

.PARAMETER Every
The seconds from one round of samples to the next.

.EXAMPLE
./quickstart.ps1 -Seconds 30 -Path ./machine.cdb
#>
[CmdletBinding()]
param(
    [string] $Path,
    [ValidateRange(1, 86400)] [int] $Seconds = 8,
    [ValidateRange(0.1, 3600)] [double] $Every = 0.5
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command Connect-Cdb -ErrorAction Ignore)) {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'ConnectorDb.psd1'))
}

. ([System.IO.Path]::Combine($PSScriptRoot, 'machine.ps1'))

# A store is a file. Its first device, me/user, is the administrator: it may make the device that measures.
$store = if ($Path) { @{ Path = $Path } } else { @{} }
$owner = Connect-Cdb @store

if (-not (Test-CdbItem me/quickstart)) {
    $null = New-CdbDevice me/quickstart -Description 'What quickstart.ps1 measured' -Stream ([ordered]@{
            cpu    = @{ schema = @{ type = 'number' }; description = 'CPU load, %' }
            memory = @{ schema = @{ type = 'number' }; description = 'Memory in use, MB' }
            disk   = @{ schema = @{ type = 'number' }; description = 'Free disk space, GB' }
            ping   = @{ schema = @{ type = 'number' }; description = 'Loopback ping, ms' }
        })
}

# Only a device itself writes its streams, so we go on as that device.
$device = Connect-Cdb @store -As me/quickstart
$folder = [System.IO.Path]::GetDirectoryName($device.Location)

# The first call of anything takes longer; this one is not to be seen in the ping.
$null = Measure-Ping

"Measuring this machine for $Seconds seconds ..."
$start = [DateTimeOffset]::Now
$rounds = [Math]::Max(2, [int] [Math]::Floor($Seconds / $Every))
$progress = [System.Management.Automation.ProgressRecord]::new(1, 'Measuring', 'starting')

for ($round = 1; $round -le $rounds; $round++) {
    $due = $start.AddSeconds($round * $Every)
    [System.Threading.Thread]::Sleep([int] [Math]::Max(0, ($due - [DateTimeOffset]::Now).TotalMilliseconds))

    $cpu = Measure-Cpu
    Add-CdbDatapoint cpu $cpu
    Add-CdbDatapoint memory (Measure-Memory)
    Add-CdbDatapoint disk (Measure-Disk $folder)
    Add-CdbDatapoint ping (Measure-Ping)

    $progress.PercentComplete = 100 * $round / $rounds
    $progress.StatusDescription = "round $round of $rounds, CPU $cpu %"
    $PSCmdlet.WriteProgress($progress)
}

$progress.RecordType = 'Completed'
$PSCmdlet.WriteProgress($progress)

''
'The streams of me/quickstart: each run adds to them'
Get-CdbStream 'me/quickstart/*' | Out-Host

'The last three values of the CPU load'
Get-CdbDatapoint cpu -Last 3 | Out-Host

'All that was ever measured, summed up'
Get-CdbStream 'me/quickstart/*' | Measure-CdbStream | Out-Host

"This run as a dataset, a row for every $(4 * $Every) seconds"
Invoke-CdbDataset -From $start -To ([DateTimeOffset]::Now) -Every (4 * $Every) -Column ([ordered]@{
        'CPU %'     = 'cpu:mean'
        'Memory MB' = 'memory:last'
        'Ping ms'   = 'ping:max'
    }) | Out-Host

"It is all in $($device.Location). To go on$(if ($Host.Name -eq 'ConnectorDb Shell') { ', at the prompt of dotnet run --project src/ConnectorDb.Shell' }):"
''
if (-not $Path) { '    Connect-Cdb' } else { "    Connect-Cdb '$($device.Location)'" }
@'
    Get-CdbDatapoint quickstart/cpu -Since 1h
    Get-CdbDatapoint quickstart/cpu -Transform 'if $ > 50 | count | if last'
    Get-Command -Module ConnectorDb
    Get-Help Add-CdbDatapoint -Examples
'@

Disconnect-Cdb $device
Disconnect-Cdb $owner

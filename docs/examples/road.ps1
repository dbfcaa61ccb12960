#Requires -Version 7.6

<#
.SYNOPSIS
Loads two real series of a road into streams, and aligns them with datasets.

.DESCRIPTION
Two sensors at the same place measured the speed of cars and the occupancy (the part of the time with a car over the sensor),
at different irregular times. They become two streams of the device me/road. Datasets then combine both streams. If the
streams exist already, they are used as they are.

.PARAMETER Path
The file of the store. Default: the store of the current user.

.EXAMPLE
./road.ps1 -Path ./road.cdb
#>
[CmdletBinding()]
param([string] $Path)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command Connect-Cdb -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../../ConnectorDb.psd1"
}

$store = if ($Path) { @{ Path = $Path } } else { @{} }
$owner = Connect-Cdb @store

if (-not (Test-CdbItem me/road)) {
    $null = New-CdbDevice me/road -Description 'Two sensors of a road' -Stream ([ordered]@{
            speed     = @{ schema = @{ type = 'number' }; description = 'Speed of the cars' }
            occupancy = @{ schema = @{ type = 'number' }; description = 'Time that a car stood over the sensor, %' }
        })
}

# Only a device itself writes its streams.
$device = Connect-Cdb @store -As me/road
foreach ($name in 'speed', 'occupancy') {
    if (-not (Get-CdbDatapoint $name -Last 1)) {
        $null = Import-CdbCsv "$PSScriptRoot/data/road-$name.csv" $name
    }
}

'The streams of me/road'
Get-CdbStream 'me/road/*' | Out-Host

'The morning of 15 September, hour by hour: the mean speed, the slowest one, and how full the road was'
Invoke-CdbDataset -From 2015-09-15T06:00Z -To 2015-09-15T12:00Z -Every 1h -Column ([ordered]@{
        mean    = 'speed:mean'
        slowest = 'speed:min'
        filled  = 'occupancy:mean'
    }) | Out-Host

'Each time the road was more than an eighth full: how full (x), and the speed at that moment'
Invoke-CdbDataset -X @{ Stream = 'occupancy'; Transform = 'if $ > 12.5' } -Column @{ speed = 'speed:closest' } | Out-Host

'The hours with a mean speed below 75, found by a script over the rows'
Invoke-CdbDataset -From 2015-09-14T01:00Z -To 2015-09-16T00:00Z -Every 1h -Column ([ordered]@{
        mean     = 'speed:(mean)'
        readings = 'speed:count'
    }) -PostTransform 'if $("mean") < 75' | Out-Host

Disconnect-Cdb $device
Disconnect-Cdb $owner

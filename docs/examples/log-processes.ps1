#Requires -Version 7.6

<#
.SYNOPSIS
    Logs the processor time and memory of some processes to InfluxDB, every few seconds, until Ctrl+C.
.DESCRIPTION
    Writes one point per process. While InfluxDB is unreachable, the points wait in the file.
#>
param(
    [string[]] $Name = 'pwsh',
    [int] $Seconds = 10,
    [string] $Path = (Join-Path ([Environment]::GetFolderPath('UserProfile')) 'processes.db')
)

Import-Module ConnectorDb
$log = Start-CdbLogger $Path -SyncPeriod 30s -Sink (New-CdbSink -InfluxDb http://localhost:8086 -Version 1 -Database processes -CreateDatabase)
Add-CdbLoggerMeasurement process -Field cpu, memory -Tag name, id
try {
    while ($true) {
        foreach ($process in Get-Process $Name -ErrorAction Ignore) {
            Write-CdbLog -Measurement process -Field @{ cpu = $process.CPU; memory = $process.WorkingSet64 } -Tag @{ name = $process.Name; id = $process.Id }
        }

        Start-Sleep $Seconds
    }
}
finally {
    Stop-CdbLogger $log -Timeout 30s
}

BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Set-CdbLogger' {
    It 'changes settings and destinations' {
        Set-CdbLogger -SyncPeriod 1m -Sink (New-CdbSink -CsvFile (Join-Path $TestDrive 'a.csv'))
        $logger.SyncPeriod | Should -Be ([timespan]::FromMinutes(1))
        Set-CdbLogger -RemoveSink CsvFile
        $logger.Destinations.Name | Should -Be 'JsonFile'
    }
}

BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Set-CdbLogger' {
    It 'changes settings and destinations' {
        Set-CdbLogger -SyncPeriod 1m -Sink (New-CdbSink -CsvFile (Join-Path $TestDrive 'a.csv'))
        $logger.SyncPeriod | Should -Be ([timespan]::FromMinutes(1))
        Set-CdbLogger -RemoveSink CsvFile
        $logger.Destinations.Name | Should -Be 'JsonFile'
    }

    It 'sets and removes a bound' {
        Set-CdbLogger -MaxBytes 1000000 -MaxAge 1h
        $logger.Status.Settings.MaxBytes | Should -Be 1000000
        Set-CdbLogger -MaxBytes 0 -MaxAge 0
        $logger.Status.Settings.MaxBytes | Should -BeNullOrEmpty
        $logger.Status.Settings.MaxAge | Should -BeNullOrEmpty
    }
}

BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Set-CdbLogger' {
    It 'changes settings and destinations' {
        Set-CdbLogger -SyncPeriod 1m -Sink (New-CdbSink -CsvFile (Join-Path $TestDrive 'a.csv'))
        $logger.SyncPeriod | Should -Be ([timespan]::FromMinutes(1))
        Set-CdbLogger -RemoveSink CsvFile
        $logger.Destinations.Name | Should -Be 'JsonFile'
    }

    It 'says that there is no destination to remove' {
        $log = New-CdbLogger (Join-Path $TestDrive 'bare.db')
        { Set-CdbLogger $log -RemoveSink out } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage "*no destination 'out'; it has none.*"
        Stop-CdbLogger $log
    }

    It 'sends waiting entries to the old file of a destination, which then leaves' {
        $old, $new = 'old', 'new' | ForEach-Object { Join-Path $TestDrive "$_.jsonl" }
        $log = New-CdbLogger (Join-Path $TestDrive 'moved.db') -Sink (New-CdbSink -JsonFile $old -Name out)
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        Set-CdbLogger $log -Sink (New-CdbSink -JsonFile $new -Name out) -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "1 entry still waits*$old*out until*-RemoveSink*"
        Write-CdbLog x 2 -Logger $log
        (Get-CdbLogger $log -Waiting).Destinations | Should -BeLike 'out*'
        (Sync-CdbLogger $log).ExitCode | Should -Be 0
        (Get-Content $old | ConvertFrom-Json).d | Should -Be 1
        (Get-Content $new | ConvertFrom-Json).d | Should -Be 2
        $log.Destinations.Name | Should -Be 'out'
        Stop-CdbLogger $log
    }

    It 'moves waiting entries with -RemoveSink and -Sink, and warns of dropped ones' {
        $log = New-CdbLogger (Join-Path $TestDrive 'dropped.db') -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'a.jsonl') -Name a)
        Add-CdbLoggerStream x -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        Set-CdbLogger $log -RemoveSink a -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'b.jsonl') -Name b) -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "1 entry that waited for 'a' waits for the next destination*"
        $log.Destinations.Pending | Should -Be 1
        Stop-CdbLogger $log -WarningAction Ignore
    }

    It 'sets and removes a bound' {
        Set-CdbLogger -MaxBytes 1000000 -MaxAge 1h
        $logger.Status.Settings.MaxBytes | Should -Be 1000000
        Set-CdbLogger -MaxBytes 0 -MaxAge 0
        $logger.Status.Settings.MaxBytes | Should -BeNullOrEmpty
        $logger.Status.Settings.MaxAge | Should -BeNullOrEmpty
    }
}

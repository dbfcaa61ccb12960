BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'Start-CdbLogger' {
    It 'sends in the background' {
        $other = Start-CdbLogger (Join-Path $TestDrive 'other.db')
        $other.IsRunning | Should -BeTrue
        Stop-CdbLogger $other
        $other.IsOpen | Should -BeFalse
    }

    It 'starts the logger that was opened last, and says what to give where none is open' {
        (Start-CdbLogger).Path | Should -Be $cache
        $logger.IsRunning | Should -BeTrue
        Stop-CdbLogger $logger
        try {
            { Start-CdbLogger } | Should -Throw -ErrorId 'StoreClosed*' -ExpectedMessage 'No logger of this session is open. *Start-CdbLogger ./logger.db.'
            { Start-CdbLogger -WhatIf } | Should -Throw -ErrorId 'StoreClosed*'
        }
        finally {
            . "$PSScriptRoot/logger.ps1"
        }
    }

    It 'warns when it makes a new logger without a destination, and only then' {
        $path = Join-Path $TestDrive 'typo.db'
        foreach ($expected in "Made a new logger in '$path'.*check the path*", '') {
            Start-CdbLogger $path -WarningVariable said -WarningAction SilentlyContinue | Stop-CdbLogger -WarningAction Ignore
            "$said" | Should -BeLike $expected
        }
    }

    It 'says in its information that it made a new logger' {
        Start-CdbLogger (Join-Path $TestDrive 'made.db') -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'made.jsonl')) -InformationVariable told -WarningVariable said | Stop-CdbLogger
        "$told" | Should -BeLike 'Made a new logger in *made.db*'
        $said | Should -BeNullOrEmpty
    }

    It 'warns that it turns an empty file into a logger' {
        $path = Join-Path $TestDrive 'zero.db'
        $null = New-Item $path
        Start-CdbLogger $path -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'zero.jsonl')) -WarningVariable said -WarningAction SilentlyContinue | Stop-CdbLogger
        "$said" | Should -BeLike '*was an empty file*'
    }

    It 'needs only the file of a logger that was configured once' {
        $path = Join-Path $TestDrive 'configured.db'
        $target = Join-Path $TestDrive 'configured.jsonl'
        Start-CdbLogger $path -Sink (New-CdbSink -JsonFile $target) -SyncPeriod 1h -Data @{ shelf = 3 } -OnCreate { Add-CdbLoggerStream x -Force -Logger $args[0] } | Stop-CdbLogger
        $again = Start-CdbLogger $path -WarningVariable said
        Write-CdbLog x 1 -Logger $again
        Stop-CdbLogger $again
        $said | Should -BeNullOrEmpty
        Get-Content $target | Should -BeLike '*"channel":"x"*'
        $settings = New-CdbLogger $path
        $settings.SyncPeriod | Should -Be ([timespan]::FromHours(1))
        $settings.Data.shelf | Should -Be 3
        $settings.LastSync | Should -BeGreaterThan ([DateTimeOffset]::Now.AddMinutes(-5))
        Stop-CdbLogger $settings
    }

    It 'says that a sync has made a new store, and the sink that it will' {
        $new = Join-Path $TestDrive 'made-by-sync.cdb'
        $sink = New-CdbSink -ConnectorDb $new -InformationVariable told
        "$told" | Should -Be "The first sync will make a new store in '$new'."
        $log = New-CdbLogger (Join-Path $TestDrive 'maker.db') -Sink $sink
        Add-CdbLoggerStream x -Schema number -Force -Logger $log
        Write-CdbLog x 1 -Logger $log
        $null = Sync-CdbLogger $log -InformationVariable made
        "$made" | Should -Be "Made a new store in '$new'."
        $log.Name | Should -Be me/user
        Stop-CdbLogger $log
    }

    It 'starts the open logger of a file, and opens no second one' {
        $path = Join-Path $TestDrive 'opened.db'
        $opened = New-CdbLogger $path
        New-CdbLogger $path -Name cellar | Should -Be $opened
        Start-CdbLogger $path | Should -Be $opened
        @(Get-CdbLogger $path).Length | Should -Be 1
        $opened.Name | Should -Be 'cellar'
        Stop-CdbLogger $opened
    }

    It 'accepts an open logger' {
        $open = New-CdbLogger (Join-Path $TestDrive 'open.db')
        $started = $open | Start-CdbLogger -Name cellar
        $started.Path | Should -Be $open.Path
        $open.IsRunning | Should -BeTrue
        $open.Name | Should -Be 'cellar'
        Stop-CdbLogger $open
    }

    It 'sends waiting entries at the start, and calls -OnSync' {
        $path = Join-Path $TestDrive 'waiting.db'
        $waiting = New-CdbLogger $path
        Add-CdbLoggerStream x -Force -Logger $waiting
        Write-CdbLog x 1 -Logger $waiting
        Stop-CdbLogger $waiting
        $global:sent = 0
        $started = Start-CdbLogger $path -Sink (New-CdbSink -JsonFile (Join-Path $TestDrive 'waiting.jsonl')) -OnSync { param($result) $global:sent += $result.Sent }
        Wait-Until { $global:sent }
        $global:sent | Should -Be 1
        Stop-CdbLogger $started
        Remove-Variable sent -Scope Global
    }
}

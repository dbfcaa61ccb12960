BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Start-CdbPoller' {
    It 'polls the items of a file' {
        Add-CdbPollItem up system.uptime -Interval 1m -Path $config
        $started = Start-CdbPoller $config -Logger $logger
        $started.IsRunning | Should -BeTrue
        $started.Status.Items | Should -Be 1
        Stop-CdbPoller $started
    }

    It 'warns that nothing is recorded without a logger' {
        $script = "`$null = Get-CdbSampler system.uptime; Add-CdbPollItem up system.uptime -Interval 1m -Path '$TestDrive/alone.json'; (Start-CdbPoller '$TestDrive/alone.json' 3>&1)[0]; Stop-CdbPoller"
        & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -Command "Import-Module '$manifest'; $script" | Out-String | Should -BeLike '*The poller has no logger*nothing is recorded*'
    }

    It 'needs only a file that names the destination' {
        Set-Content "$TestDrive/all.json" '{"destination": {"sinks": [{"jsonFile": "all.jsonl"}]}, "items": [{"name": "up", "key": "system.uptime", "interval": 60}]}'
        $started = Start-CdbPoller "$TestDrive/all.json"
        $started.Logger.Status.Destinations.Name | Should -Be 'JsonFile'
        Stop-CdbPoller $started
        $started.Logger | Stop-CdbLogger
    }

    It 'says what it makes, and with -Verbose what it polls' {
        Set-Content "$TestDrive/new.json" '{"destination": {"logger": "new.db", "sinks": [{"connectorDb": "new.cdb"}]}, "items": [{"name": "up", "key": "system.uptime", "interval": 60}]}'
        $steps = Start-CdbPoller "$TestDrive/new.json" -Verbose 4>&1
        foreach ($made in "Made a new logger in '$(Join-Path $TestDrive new.db)'.", "The first sync makes a new store in '$(Join-Path $TestDrive new.cdb)'.") {
            $steps | Where-Object { "$_" -eq $made } | Should -HaveCount 1
        }
        $steps -like "Polls 'up' (system.uptime) every *" | Should -HaveCount 1
        $poller = $steps | Where-Object { $_ -is [ConnectorDb.CdbPoller] }
        Stop-CdbPoller $poller
        $poller.Logger | Stop-CdbLogger
    }

    It 'writes its metrics on request' {
        Start-CdbPoller -Logger $logger -MetricsInterval 1s | Stop-CdbPoller
        { Start-CdbPoller -Logger $logger -MetricsInterval 0.1 } | Should -Throw -ErrorId 'InvalidValue*'
    }

    It 'writes values to the logger, which stays open' {
        Add-CdbPollItem often system.uptime -Interval 1s -Path "$TestDrive/often.json"
        $started = Start-CdbPoller "$TestDrive/often.json" -Logger $logger
        Wait-Until { (Get-CdbPollItem often -Poller $started).Values -ge 2 }
        Stop-CdbPoller $started
        $null = Sync-CdbLogger $logger
        $logger.IsOpen | Should -BeTrue
        @(Get-Content $lines | Where-Object { $_ -like '*"often"*' }).Count | Should -BeGreaterOrEqual 2
    }

    It 'opens the logger named by the file' {
        Set-Content "$TestDrive/named.json" '{"destination": {"logger": "own.db"}, "items": []}'
        $started = Start-CdbPoller "$TestDrive/named.json"
        Split-Path $started.Logger.Path -Leaf | Should -Be 'own.db'
        Stop-CdbPoller $started
        $started.Logger | Stop-CdbLogger
    }

    It 'writes to the destinations of the file, scripts too' {
        $folder = "$TestDrive".Replace('\', '/')
        @"
            {"destination": {"sinks": [{"csvFile": "values.csv"}, {"scriptBlock": "param(`$batch) [IO.File]::AppendAllText('$folder/script.txt', `$batch.Channel)"}], "continuousWrite": true},
             "items": [{"name": "up", "key": "system.uptime", "interval": 1}]}
"@ | Set-Content "$TestDrive/poll.json"
        $started = Start-CdbPoller "$TestDrive/poll.json"
        Wait-Until { (Get-Content "$TestDrive/values.csv" -Raw -ErrorAction Ignore) -match ',up,' }
        Wait-Until { (Get-Content "$TestDrive/script.txt" -Raw -ErrorAction Ignore) -match 'up' }
        Split-Path $started.Logger.Path -Leaf | Should -Be 'poll.outbox'
        Stop-CdbPoller $started
        $started.Logger | Stop-CdbLogger
    }

    It 'writes its metrics with -MetricsInterval' {
        $started = Start-CdbPoller -Logger $logger -MetricsInterval 1s
        Add-CdbPollItem beat system.uptime -Interval 1m -Poller $started
        Wait-Until { $null = Sync-CdbLogger $logger; (Get-Content $lines -Raw -ErrorAction Ignore) -match '"poller_beat"' }
        Stop-CdbPoller $started
    }

    It 'prefers the given logger to the database of the file' {
        Set-Content "$TestDrive/rpdemo.json" '{"database": "rpdemo", "items": []}'
        $started = Start-CdbPoller "$TestDrive/rpdemo.json" -Logger $logger
        $started.Logger.Path | Should -Be $logger.Path
        Stop-CdbPoller $started
        $started = Start-CdbPoller "$TestDrive/rpdemo.json"
        Split-Path $started.Logger.Path -Leaf | Should -Be 'rpdemo.outbox'
        $started.Logger.Status.Destinations.Name | Should -Be 'InfluxDb'
        Stop-CdbPoller $started
        $started.Logger | Stop-CdbLogger
    }

    It 'accepts the items of a file from the pipeline' {
        Add-CdbPollItem a system.uptime -Interval 1m -Path "$TestDrive/piped.json"
        $started = Get-CdbPollItem -Path "$TestDrive/piped.json" | Start-CdbPoller -Logger $logger
        $started.Items.Name | Should -Be 'a'
        Stop-CdbPoller $started
    }

    It 'rejects a missing file, and one that is not a configuration' {
        { Start-CdbPoller "$TestDrive/none.json" -Logger $logger } | Should -Throw -ErrorId 'FileAccess*'
        Set-Content "$TestDrive/bad.json" '{}'
        { Start-CdbPoller "$TestDrive/bad.json" -Logger $logger } | Should -Throw -ErrorId 'InvalidConfiguration*'
    }

    It 'does nothing with -WhatIf' {
        $running = @(Get-CdbPoller).Count
        Start-CdbPoller -Logger $logger -WhatIf | Should -BeNullOrEmpty
        @(Get-CdbPoller).Count | Should -Be $running
    }
}

BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Start-CdbPoller' {
    It 'polls what a file says' {
        Add-CdbPollItem up system.uptime -Interval 1m -Path $config
        $started = Start-CdbPoller $config -Logger $logger
        $started.IsRunning | Should -BeTrue
        $started.Status.Items | Should -Be 1
        Stop-CdbPoller $started
    }

    It 'needs nothing but the file when it says where values go' {
        Set-Content "$TestDrive/all.json" '{"destination": {"sinks": [{"jsonFile": "all.jsonl"}]}, "items": [{"name": "up", "key": "system.uptime", "interval": 60}]}'
        $started = Start-CdbPoller "$TestDrive/all.json"
        $started.Logger.Status.Destinations.Name | Should -Be 'JsonFile'
        Stop-CdbPoller $started
        $started.Logger | Stop-CdbLogger
    }

    It 'writes how it stands when it is wanted' {
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

    It 'opens the logger that the file names' {
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

    It 'writes with -MetricsInterval how it stands' {
        $started = Start-CdbPoller -Logger $logger -MetricsInterval 1s
        Add-CdbPollItem beat system.uptime -Interval 1m -Poller $started
        Wait-Until { $null = Sync-CdbLogger $logger; (Get-Content $lines -Raw -ErrorAction Ignore) -match '"poller_beat"' }
        Stop-CdbPoller $started
    }

    It 'prefers the logger that is given to the database of the file' {
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

    It 'takes the items of a file from the pipeline' {
        Add-CdbPollItem a system.uptime -Interval 1m -Path "$TestDrive/piped.json"
        $started = Get-CdbPollItem -Path "$TestDrive/piped.json" | Start-CdbPoller -Logger $logger
        $started.Items.Name | Should -Be 'a'
        Stop-CdbPoller $started
    }

    It 'refuses a file that is not there, and one that is no configuration' {
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

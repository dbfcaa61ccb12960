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
}

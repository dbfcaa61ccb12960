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
}

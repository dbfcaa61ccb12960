BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Stop-CdbPoller' {
    It 'takes the configuration file of a poller, and its items too' {
        Add-CdbPollItem up system.uptime -Interval 1h -Path $config
        $other = Start-CdbPoller $config -Logger $logger
        (Get-CdbPollItem -Poller poll).Name | Should -Be 'up'
        Stop-CdbPoller poll.json
        $other.IsOpen | Should -BeFalse
        $poller.IsOpen | Should -BeTrue
    }

    It 'stops, and leaves the logger open' {
        (Stop-CdbPoller $poller -PassThru).IsRunning | Should -BeFalse
        $poller.IsOpen | Should -BeFalse
        $logger.IsOpen | Should -BeTrue
    }

    It 'says that there is nothing to stop' {
        Stop-CdbPoller -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike 'No poller of this session is running*'
    }
}

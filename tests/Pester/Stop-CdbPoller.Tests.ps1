BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Stop-CdbPoller' {
    It 'stops, and leaves the logger open' {
        (Stop-CdbPoller $poller -PassThru).IsRunning | Should -BeFalse
        $poller.IsOpen | Should -BeFalse
        $logger.IsOpen | Should -BeTrue
    }
}

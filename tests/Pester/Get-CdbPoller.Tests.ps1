BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Get-CdbPoller' {
    It 'shows the state of the poller' {
        (Get-CdbPoller).Status.IsRunning | Should -BeTrue
        (Get-CdbPoller).Status.Missed | Should -Be 0
    }
}

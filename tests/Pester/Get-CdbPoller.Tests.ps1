BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Get-CdbPoller' {
    It 'shows how the poller stands' {
        (Get-CdbPoller).Status.IsRunning | Should -BeTrue
        (Get-CdbPoller).Status.Missed | Should -Be 0
    }
}

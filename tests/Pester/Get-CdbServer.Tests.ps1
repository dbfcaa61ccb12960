BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll {
    Stop-CdbServer
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Get-CdbServer' {
    It 'lists started servers with their logs' {
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        (Get-CdbServer).ProcessId | Should -Be $server.ProcessId
        (Get-CdbServer).Log | Should -Not -BeNullOrEmpty
    }

    It 'shows a server that exited' {
        Stop-Process -Id (Get-CdbServer).ProcessId -Force
        Wait-Process -Id (Get-CdbServer).ProcessId -ErrorAction Ignore
        (Get-CdbServer).Status | Should -Be 'Failed'
    }
}

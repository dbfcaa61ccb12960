BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Stop-CdbServer' {
    It 'ends the process' {
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        Stop-CdbServer $server
        $server.Status | Should -Be 'Stopped'
        Get-Process -Id $server.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-CdbServer | Should -BeNullOrEmpty
    }

    It 'takes the address and the store, and outputs the server with -PassThru' {
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        (Stop-CdbServer $server.Url -PassThru).Status | Should -Be 'Stopped'
        $null = Start-CdbServer $store -Url http://127.0.0.1:0
        Stop-CdbServer $store | Should -BeNullOrEmpty
        Get-CdbServer | Should -BeNullOrEmpty
    }

    It 'says that there is nothing to stop' {
        Stop-CdbServer -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike 'No server of this session is running*'
    }

    It 'stops nothing with -WhatIf' {
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        Stop-CdbServer -WhatIf
        $server.Status | Should -Be 'Running'
        Get-CdbServer | Stop-CdbServer
        $server.Status | Should -Be 'Stopped'
    }
}

BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Uninstall-CdbService' {
    It 'removes nothing with -WhatIf' {
        Uninstall-CdbService -WhatIf | Should -BeNullOrEmpty
    }

    It 'reports a missing service, or a system without services' {
        $id = $IsLinux -and -not (Test-Path /run/systemd/system) ? 'NotAvailable,*' : 'NotFound,*'
        { Uninstall-CdbService -Name cdb-test-none -ErrorAction Stop } | Should -Throw -ErrorId $id
    }
}

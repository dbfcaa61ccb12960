BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Uninstall-CdbService' {
    It 'reports a missing service, or a system without services, also with -WhatIf' {
        $id = $IsLinux -and -not (Test-Path /run/systemd/system) ? 'NotAvailable,*' : 'NotFound,*'
        { Uninstall-CdbService -Name cdb-test-none -ErrorAction Stop } | Should -Throw -ErrorId $id
        { Uninstall-CdbService -Name cdb-test-none -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId $id
    }
}

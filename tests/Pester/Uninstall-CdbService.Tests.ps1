BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Uninstall-CdbService' {
    It 'removes nothing with -WhatIf' {
        Uninstall-CdbService -WhatIf | Should -BeNullOrEmpty
    }

    It 'says that there is no such service, or nothing that has services' {
        $id = $IsLinux -and -not (Test-Path /run/systemd/system) ? 'NotAvailable,*' : 'NotFound,*'
        { Uninstall-CdbService -Name cdb-test-none -ErrorAction Stop } | Should -Throw -ErrorId $id
    }
}

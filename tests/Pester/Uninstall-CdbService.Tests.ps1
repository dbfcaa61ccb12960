BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Uninstall-CdbService' {
    It 'reports a missing service, or a system without services, also with -WhatIf' {
        $id = $IsLinux -and -not (Test-Path /run/systemd/system) ? 'NotAvailable,*' : 'NotFound,*'
        { Uninstall-CdbService -Name cdb-test-none -ErrorAction Stop } | Should -Throw -ErrorId $id
        { Uninstall-CdbService -Name cdb-test-none -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId $id
    }

    It 'takes names, and services as Get-Service gives them' {
        $service = [pscustomobject]@{ Status = 'Running'; Name = 'cdb-test-other'; DisplayName = 'ConnectorDb' }
        $id = $IsLinux -and -not (Test-Path /run/systemd/system) ? 'NotAvailable,*' : 'NotFound,*'
        { $service | Uninstall-CdbService -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId $id
        'cdb-test-none', 'cdb-test-other' | Uninstall-CdbService -WhatIf -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors | Should -HaveCount 2
    }
}

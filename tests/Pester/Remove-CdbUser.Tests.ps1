BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Remove-CdbUser' {
    BeforeEach {
        if (-not (Test-CdbItem ada)) {
            $password = ConvertTo-SecureString 'a long enough password' -AsPlainText -Force
            $null = New-CdbUser ada -Password $password -Stream @{ mood = @{} }
        }
    }

    It 'removes the user with its devices and streams' {
        Remove-CdbUser ada -Confirm:$false
        Test-CdbItem ada | Should -BeFalse
        Test-CdbItem 'ada/user/mood' | Should -BeFalse
    }

    It 'removes nothing with -WhatIf' {
        Remove-CdbUser ada -WhatIf
        Test-CdbItem ada | Should -BeTrue
    }

    It 'asks for confirmation, and removes nothing in a non-interactive session' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $store) Import-Module $module; $null = Connect-Cdb -Path $store; Remove-CdbUser ada; Disconnect-Cdb').
            AddArgument($manifest).AddArgument($store)
        $null = $shell.Invoke()
        "$($shell.Streams.Error)" | Should -BeLike '*nobody can answer*-Confirm:$false*'
        $shell.Dispose()
        Test-CdbItem ada | Should -BeTrue
    }

    It 'reports a user that does not exist, and continues' {
        'nobody', 'ada' | Remove-CdbUser -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        $problems[0].TargetObject | Should -Be 'nobody'
        Test-CdbItem ada | Should -BeFalse
    }
}

Describe 'Reset-CdbApiKey <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        $null = New-CdbDevice pi
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'returns a new key, and the old one is invalid at once' {
        $old = (Get-CdbDevice pi).ApiKey
        $new = (Reset-CdbApiKey pi).ApiKey
        $new | Should -Not -Be $old
        { Connect-Cdb -Path $store -ApiKey $old } | Should -Throw -ErrorId 'AuthenticationFailed*'
        Connect-Cdb -Path $store -ApiKey $new | Disconnect-Cdb
    }

    It 'does nothing with -WhatIf' {
        $key = (Get-CdbDevice pi).ApiKey
        Reset-CdbApiKey pi -WhatIf
        (Get-CdbDevice pi).ApiKey | Should -Be $key
    }

    It 'reports a device that does not exist' {
        { Reset-CdbApiKey nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }
}

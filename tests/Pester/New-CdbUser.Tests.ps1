BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $password = ConvertTo-SecureString 'a long enough password' -AsPlainText -Force
}

AfterAll {
    Get-CdbConnection | Disconnect-Cdb
    Stop-CdbServer
}

Describe 'New-CdbUser' {
    It 'creates a user from a credential' {
        $user = New-CdbUser -Credential ([pscredential]::new('ada', $password)) -Email 'ada@example.org' -Nickname 'Ada'
        $user.Name | Should -Be 'ada'
        $user.Nickname | Should -Be 'Ada'
        $user.Email | Should -Be 'ada@example.org'
        $user.Role | Should -Be 'user'
        Get-CdbDevice 'ada/user' | Should -Not -BeNullOrEmpty
    }

    It 'refuses a credential of another name' {
        { New-CdbUser ada2 -Credential ([pscredential]::new('ada', $password)) } | Should -Throw "-User is 'ada2', and the user of the credential is 'ada'.*"
        Test-CdbItem ada2 | Should -BeFalse
    }

    It 'creates a whole tree' {
        $null = New-CdbUser grace -Password $password -Device @{ pi = @{ streams = @{ temperature = @{ schema = @{ type = 'number' } } } } } -Stream @{ mood = @{} }
        Test-CdbItem 'grace/pi/temperature' | Should -BeTrue
        Test-CdbItem 'grace/user/mood' | Should -BeTrue
    }

    It 'creates a whole tree or nothing' {
        { New-CdbUser alan -Password $password -Device @{ pi = @{ streams = @{ 'no name' = @{} } } } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName*'
        Test-CdbItem alan | Should -BeFalse
    }

    It 'rejects an existing name' {
        { New-CdbUser me -Password $password -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken*' -ExpectedMessage '*me*'
    }

    It 'rejects an invalid name' {
        { New-CdbUser 'b b' -Password $password -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName*'
    }

    It 'does nothing with -WhatIf' {
        New-CdbUser ghost -Password $password -WhatIf
        Test-CdbItem ghost | Should -BeFalse
    }

    It 'asks for no password with -WhatIf' {
        { New-CdbUser ghost -WhatIf -ErrorAction Stop } | Should -Not -Throw
    }

    It 'says with -WhatIf whether others will see the user' {
        $calls = 'New-CdbUser ghost -Password $password -WhatIf', 'New-CdbUser ghost -Password $password -Public:$false -WhatIf'
        $script = "Import-Module '$manifest'; `$null = Connect-Cdb './seen.cdb'; `$password = ConvertTo-SecureString 'a long enough password' -AsPlainText; $($calls -join '; ')"
        Push-Location $TestDrive
        $said = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -Command $script
        Pop-Location
        $said[0] | Should -BeLike '*"Create the user, visible to others"*'
        $said[1] | Should -BeLike '*"Create the user"*'
    }

    It 'asks for -Email over a server, which requires an address' {
        $key = (Get-CdbDevice user).ApiKey
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        $remote = Connect-Cdb -Url $server.Url -ApiKey $key -NoDefault
        { New-CdbUser mary -Password $password -Connection $remote -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'mary'*-Email*"
        (New-CdbUser mary -Password $password -Email mary@example.org -Connection $remote).Name | Should -Be 'mary'
    }
}

BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $password = ConvertTo-SecureString 'a long enough password' -AsPlainText -Force
    $null = New-CdbUser ada -Password $password -Email 'ada@example.org'
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Set-CdbUser' {
    It 'changes the given properties and keeps the others' {
        Set-CdbUser ada -Nickname 'Countess'
        (Get-CdbUser ada).Nickname | Should -Be 'Countess'
        (Get-CdbUser ada).Email | Should -Be 'ada@example.org'
    }

    It 'returns the user only with -PassThru' {
        Set-CdbUser ada -Description 'x' | Should -BeNullOrEmpty
        (Set-CdbUser ada -Description 'Mathematician' -PassThru).Description | Should -Be 'Mathematician'
    }

    It 'changes the password' {
        $new = ConvertTo-SecureString 'another long password' -AsPlainText -Force
        Set-CdbUser ada -Password $new
        { Connect-Cdb -Path $store -Credential ([pscredential]::new('ada', $password)) } | Should -Throw -ErrorId 'AuthenticationFailed*'
        Connect-Cdb -Path $store -Credential ([pscredential]::new('ada', $new)) | Disconnect-Cdb
    }

    It 'refuses a password that is short or common' {
        $short = ConvertTo-SecureString 'eleven char' -AsPlainText -Force
        { Set-CdbUser ada -Password $short -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*11 characters; at least 12*'
        { Set-CdbUser ada -Password (ConvertTo-SecureString 'x' -AsPlainText) -ErrorAction Stop } | Should -Throw -ExpectedMessage "*'ada' has 1 character; at least 12*"
        $common = ConvertTo-SecureString 'Qwerty123456' -AsPlainText -Force
        { Set-CdbUser ada -Password $common -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*commonest*'
    }

    It 'asks users who change their own password over a server for the old one' {
        $old = ConvertTo-SecureString 'the old password' -AsPlainText -Force
        $new = ConvertTo-SecureString 'the new password' -AsPlainText -Force
        Set-CdbUser ada -Password $old
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        $own = @{ Connection = Connect-Cdb -Url $server.Url -Credential ([pscredential]::new('ada', $old)) }
        { Set-CdbUser ada -Password $new @own -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied*' -ExpectedMessage '*-OldPassword*'
        { Set-CdbUser ada -Password $new -OldPassword $new @own -ErrorAction Stop } | Should -Throw -ErrorId 'AuthenticationFailed*' -ExpectedMessage '*old password*'
        Set-CdbUser ada -Password $new -OldPassword $old @own
        Disconnect-Cdb $own.Connection
        Stop-CdbServer $server
        Connect-Cdb -Path $store -Credential ([pscredential]::new('ada', $new)) | Disconnect-Cdb
    }

    It 'hides no user that has a public device, and says which' {
        $null = New-CdbUser open -Password $password -Device @{ lamp = @{ public = $true } }
        { Set-CdbUser open -Public:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "*'open/lamp' is public*"
        Set-CdbUser open -Role admin
        Set-CdbUser open -Public:$false
        { Set-CdbUser open -Role user -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*'
        Set-CdbDevice open/lamp -Public:$false
        Set-CdbUser open -Role user
        (Get-CdbUser open).Public | Should -BeFalse
    }

    It 'accepts users from the pipeline' {
        Get-CdbUser ada | Set-CdbUser -Public
        (Get-CdbUser ada).Public | Should -BeTrue
        Get-CdbUser ada | Set-CdbUser -Public:$false
        (Get-CdbUser ada).Public | Should -BeFalse
    }

    It 'does nothing with -WhatIf' {
        Set-CdbUser ada -Nickname 'Ghost' -WhatIf
        (Get-CdbUser ada).Nickname | Should -Not -Be 'Ghost'
    }

    It 'reports a user that does not exist' {
        { Set-CdbUser nobody -Nickname x -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nobody*'
    }
}

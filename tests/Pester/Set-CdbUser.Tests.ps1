BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $password = ConvertTo-SecureString 'a long enough password' -AsPlainText -Force
    $null = New-CdbUser ada -Password $password -Email 'ada@example.org'
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Set-CdbUser' {
    It 'changes what is given and keeps the rest' {
        Set-CdbUser ada -Nickname 'Countess'
        (Get-CdbUser ada).Nickname | Should -Be 'Countess'
        (Get-CdbUser ada).Email | Should -Be 'ada@example.org'
    }

    It 'gives the user back with -PassThru, else nothing' {
        Set-CdbUser ada -Description 'x' | Should -BeNullOrEmpty
        (Set-CdbUser ada -Description 'Mathematician' -PassThru).Description | Should -Be 'Mathematician'
    }

    It 'changes the password' {
        $new = ConvertTo-SecureString 'another long password' -AsPlainText -Force
        Set-CdbUser ada -Password $new
        { Connect-Cdb -Path $store -Credential ([pscredential]::new('ada', $password)) } | Should -Throw -ErrorId 'AuthenticationFailed*'
        Connect-Cdb -Path $store -Credential ([pscredential]::new('ada', $new)) | Disconnect-Cdb
    }

    It 'takes users from the pipeline' {
        Get-CdbUser ada | Set-CdbUser -Public
        (Get-CdbUser ada).Public | Should -BeTrue
        Get-CdbUser ada | Set-CdbUser -Public:$false
        (Get-CdbUser ada).Public | Should -BeFalse
    }

    It 'does nothing with -WhatIf' {
        Set-CdbUser ada -Nickname 'Ghost' -WhatIf
        (Get-CdbUser ada).Nickname | Should -Not -Be 'Ghost'
    }

    It 'names the user that is not there' {
        { Set-CdbUser nobody -Nickname x -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nobody*'
    }
}
